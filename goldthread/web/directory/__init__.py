"""Who works with the partnership: agencies, their leads, their people, how to reach them."""
