{{ judged_rows('product', 'features') }}
