/* ---
about = "Vad som brister i granskade akter: andelen ja per fråga, och de vanligaste svaren, sämst först."
parameters.review = { about = "granskningens namn; alla om inget anges", optional = true }
--- */
select
    review,
    question,
    max(reviewed) as last_reviewed,
    count(is_fulfilled) as assessed,
    count(*) filter (where is_fulfilled) as fulfilled,
    count(*) filter (where answer = 'delvis') as partly,
    count(*) filter (where answer = 'nej') as not_fulfilled,
    count(*) filter (where is_fulfilled) / nullif(count(is_fulfilled), 0) as fulfilled_share
from v_reviews
where $review is null or lower(review) = lower($review)
group by review, question
order by fulfilled_share asc nulls last, review asc, question asc
