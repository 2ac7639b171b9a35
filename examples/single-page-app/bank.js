// A single-page app writes the element by hand: inline in one view, gone in the others. The script tag has no
// data-site, so it only defines <wzatco-chat>.
const view = document.getElementById('view');

function heading(text) {
  const element = document.createElement('h1');
  element.textContent = text;
  return element;
}

function accounts() {
  const list = document.createElement('ul');
  for (const [name, balance] of [
    ['Current account', '€ 2,481.20'],
    ['Savings', '€ 11,040.00'],
  ]) {
    const row = document.createElement('li');
    const label = document.createElement('span');
    const amount = document.createElement('strong');
    label.textContent = name;
    amount.textContent = balance;
    row.append(label, amount);
    list.append(row);
  }
  return [heading('Your accounts'), list];
}

function help() {
  const hint = document.createElement('p');
  hint.textContent = 'Write to us here; you may leave this view and come back.';
  const chat = document.createElement('wzatco-chat');
  chat.setAttribute('site', 'default');
  chat.setAttribute('mode', 'inline');
  chat.setAttribute('accent', '#0f766e');
  chat.setAttribute('department', 'Technical');
  chat.addEventListener('wzatco-error', ({ detail }) => {
    hint.textContent = detail.message;
  });
  return [heading('Help'), hint, chat];
}

function show() {
  view.replaceChildren(...(location.hash === '#help' ? help() : accounts()));
}

addEventListener('hashchange', show);
show();
