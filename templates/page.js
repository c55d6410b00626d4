"use strict";
// Ne montrer que les fiches d’un organisme, d’une commune, d’un quartier, d’une année. Sans ce script, tout est là.
const choix = document.getElementById("choix");
const formulaire = choix.querySelector("form");
const champs = [...formulaire.querySelectorAll("select")];
const fiches = [...document.querySelectorAll(".fiche")];
const [NON, PEUT_ETRE, OUI] = [0, 1, 2];

// Ce que des mots disent d’un autre : « ? » marque ce que le texte ne dit pas.
const dit = (mots, mot, inconnu) =>
  mots.includes(mot) ? OUI : mots.includes(mot + "?") || mots.includes(inconnu) ? PEUT_ETRE : NON;
const mots = (texte) => texte.split(" ");

// Lieux et année doivent valoir ensemble, pour toute la fiche ou pour l’une de ses phases.
function juger(fiche, voulu) {
  const { acteurs, annees, portees } = fiche.dataset;
  const lieux = ["commune", "quartier"].filter((genre) => voulu[genre]).map((genre) => `${genre}:${voulu[genre]}`);
  const vaut = (portee) =>
    Math.min(
      voulu.annee ? dit(portee, voulu.annee) : OUI,
      ...lieux.map((lieu) => dit(portee, lieu, "lieu?")),
    );
  const parties = lieux.length ? portees.split("|") : [annees];
  return Math.min(
    voulu.acteur ? dit(mots(acteurs), voulu.acteur, "acteur?") : OUI,
    Math.max(...parties.map(mots).map(vaut)),
  );
}

function appliquer(inconnus = []) {
  const voulu = Object.fromEntries(champs.map((champ) => [champ.name, champ.value]));
  const actif = champs.some((champ) => champ.value);
  const trouvees = document.getElementById("trouvees");
  const compte = [0, 0, 0];
  trouvees.replaceChildren();
  for (const fiche of fiches) {
    const avis = juger(fiche, voulu);
    compte[avis] += 1;
    fiche.classList.toggle("ecartee", avis === NON);
    fiche.classList.toggle("indeterminee", avis === PEUT_ETRE);
    if (!actif || avis === NON) continue;
    const ligne = document.createElement("li");
    ligne.append(document.querySelector(`.sommaire a[href="#${fiche.id}"]`).cloneNode(true));
    if (avis === PEUT_ETRE) ligne.append(" (indéterminée)");
    trouvees.append(ligne);
  }
  document.getElementById("bilan").textContent = [
    ...inconnus.map((inconnu) => `Le lien demande « ${inconnu} », que cette page ne connaît pas.`),
    actif ? bilan(compte) : `Les ${fiches.length} fiches sont montrées.`,
  ].join(" ");
  const demande = new URLSearchParams(Object.entries(voulu).filter(([, valeur]) => valeur)).toString();
  history.replaceState(null, "", (demande ? `?${demande}` : location.pathname) + location.hash);
}

function bilan([, peut_etre, oui]) {
  const nombre = (n) => (n < 2 ? `${n} fiche` : `${n} fiches`);
  const sures = `${nombre(oui)} sur ${fiches.length} ${oui < 2 ? "répond" : "répondent"} à votre choix.`;
  return peut_etre ? `${sures} Pour ${nombre(peut_etre)} de plus, le texte ne permet pas de le dire.` : sures;
}

// Les choix sont les noms de la page ; chacun y devient un lien vers ses fiches.
for (const champ of champs) {
  for (const nom of document.querySelectorAll(`[data-${champ.name}]`)) {
    const valeur = nom.dataset[champ.name];
    const sigle = nom.querySelector("abbr");
    champ.add(new Option(sigle ? `${sigle.textContent} – ${sigle.title}` : nom.textContent, valeur));
    const lien = document.createElement("a");
    lien.href = `?${champ.name}=${valeur}#choix`;
    lien.append(...nom.childNodes);
    sigle?.removeAttribute("tabindex");
    nom.append(lien);
  }
}
choix.hidden = false;
formulaire.addEventListener("change", () => appliquer());
formulaire.addEventListener("reset", () => setTimeout(appliquer));

const demandes = [...new URLSearchParams(location.search)].filter(([nom, valeur]) => valeur && formulaire.elements[nom]);
for (const [nom, valeur] of demandes) formulaire.elements[nom].value = valeur;
const inconnus = demandes.filter(([nom]) => formulaire.elements[nom].selectedIndex < 0);
for (const [nom] of inconnus) formulaire.elements[nom].value = "";
if (demandes.length) {
  choix.open = true;
  appliquer(inconnus.map(([, valeur]) => valeur));
}

// Un lien vers ce qui est replié le déplie ; Échap referme l’explication d’un sigle.
const deplier = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", deplier);
deplier();
addEventListener("keydown", (touche) => {
  if (touche.key === "Escape" && document.activeElement.matches("abbr")) document.activeElement.blur();
});
