/** The dashboard's page. */
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>graph</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
<header>
  <h1>Graph <span id="state" class="waiting">waiting for a graph</span></h1>
  <dl>
    <div><dt>ended</dt><dd id="done">–</dd></div>
    <div><dt>with workers</dt><dd id="running">–</dd></div>
    <div><dt>waiting</dt><dd id="waiting">–</dd></div>
    <div><dt>time</dt><dd id="time">–</dd></div>
    <div><dt>tasks a second</dt><dd id="rate">–</dd></div>
  </dl>
  <div id="bar"><div></div></div>
  <p id="message" hidden></p>
</header>
<main>
  <section id="graph"><h2>Tasks</h2><div id="picture"></div></section>
  <div id="side">
    <section><h2>Tasks ended per worker <small id="scale"></small></h2><div id="workers"></div></section>
    <section><h2>Kinds of tasks</h2><table><thead><tr><th>name<th>ended<th>of<th>mean time</thead><tbody id="names"></tbody></table></section>
  </div>
</main>
<script>${pageScript}</script>
</html>
`;
