import { expect, it } from "vitest";
import { isShown } from "./imageHosts";

it.each([
  ["https://images.example.com/a.png", ["images.example.com"], true],
  ["https://IMAGES.example.com/a.png", ["images.example.com"], true],
  ["https://a.example.com/a.png", ["*.example.com"], true],
  ["https://example.com/a.png", ["*.example.com"], false],
  ["https://evilexample.com/a.png", ["*.example.com"], false],
  ["http://intranet:8080/a.png", ["intranet:8080"], true],
  ["http://intranet:8080/a.png", ["intranet"], false],
  ["https://images.example.com.evil.test/", ["images.example.com"], false],
  ["no address", ["images.example.com"], false],
  ["https://images.example.com/a.png", [], false],
])("%s among %j: %s", (url, hosts, shown) => {
  expect(isShown(url, hosts)).toBe(shown);
});
