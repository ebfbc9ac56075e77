{{ discounted_items(ref('con_chargebee__item_states'), ref('con_chargebee__discounts')) }}
