// The page's own script. It talks to the chat through the queue, which works before and after the chat has loaded.
window.Wzatco = window.Wzatco || [];

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => {
    const question = button.dataset.ask;
    window.Wzatco.push(question ? ['startChat', { message: question }] : ['open']);
  });
}

let count = 0;
const basket = document.querySelector('.basket');
for (const button of document.querySelectorAll('[data-add]')) {
  button.addEventListener('click', () => {
    count += 1;
    basket.querySelector('span').textContent = String(count);
    basket.setAttribute('aria-label', `Basket, ${count} ${count === 1 ? 'item' : 'items'}`);
    document.getElementById('status').textContent = `${button.dataset.add} is in your basket.`;
  });
}
