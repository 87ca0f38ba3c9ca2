"""The yearly report and the published arrangements, from the commission to the committee's questions."""
