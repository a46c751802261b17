// Hands what the server asks to the browser's passkeys and sends the answer back with
// an ordinary form. It loads nothing and stores nothing.
(function () {
  'use strict';
  var form = document.getElementById('passkey');
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(raw, function (c) { return c.charCodeAt(0); });
  }
  function text(buffer) {
    var raw = '';
    new Uint8Array(buffer).forEach(function (b) { raw += String.fromCharCode(b); });
    return btoa(raw).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }
  function known(list) {
    return (list || []).map(function (k) { return Object.assign({}, k, { id: bytes(k.id) }); });
  }

  // Written out by hand: not every browser has parseCreationOptionsFromJSON and toJSON.
  function make(o) {
    o.challenge = bytes(o.challenge);
    o.user.id = bytes(o.user.id);
    o.excludeCredentials = known(o.excludeCredentials);
    return navigator.credentials.create({ publicKey: o }).then(function (key) {
      var r = key.response;
      return {
        id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
        authenticatorAttachment: key.authenticatorAttachment || undefined,
        response: {
          clientDataJSON: text(r.clientDataJSON), attestationObject: text(r.attestationObject),
          transports: r.getTransports ? r.getTransports() : []
        }
      };
    });
  }
  function use(o) {
    o.challenge = bytes(o.challenge);
    o.allowCredentials = known(o.allowCredentials);
    return navigator.credentials.get({ publicKey: o }).then(function (key) {
      var r = key.response;
      return {
        id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
        authenticatorAttachment: key.authenticatorAttachment || undefined,
        response: {
          clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData), signature: text(r.signature),
          userHandle: r.userHandle ? text(r.userHandle) : undefined
        }
      };
    });
  }

  var failed = document.getElementById('passkey-failed');
  var button = form.querySelector('button');
  document.getElementById('passkey-script').hidden = true;
  form.hidden = false;
  form.addEventListener('submit', function (event) {
    if (form.elements.answer.value) return;
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    var options = JSON.parse(form.dataset.options);
    (form.dataset.make ? make : use)(options).then(function (answer) {
      form.elements.answer.value = JSON.stringify(answer);
      button.disabled = false;
      form.submit();
    }).catch(function () {
      button.disabled = false;
      failed.hidden = false;
      failed.focus();
    });
  });
})();
