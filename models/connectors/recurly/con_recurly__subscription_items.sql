{{ discounted_items(ref('con_recurly__item_states'), ref('con_recurly__discounts')) }}
