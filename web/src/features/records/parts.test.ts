import { describe, expect, it } from "vitest";
import { messagesOf, toolsOf } from "./fields";
import { partsOf } from "./parts";

const image = (url: string, at: number) => ({ url, at });

describe("a turn with images", () => {
  it("is cut where they stand, counted in characters as people count them", () => {
    expect(partsOf("a😀b", [image("x", 2)]).map((part) => part.url ?? part.text)).toEqual(["a😀", "x", "b"]);
  });

  it("may begin with one, end with one, have several in one place, and say nothing", () => {
    expect(partsOf("ab", [image("y", 2), image("x", 0)]).map((part) => part.url ?? part.text)).toEqual([
      "x",
      "ab",
      "y",
    ]);
    expect(partsOf("", [image("x", 0), image("y", 0)]).map((part) => part.url)).toEqual(["x", "y"]);
  });
});

describe("a chat", () => {
  it("is read with the calls of its tools", () => {
    const call = { id: "c1", type: "function", function: { name: "weather", arguments: "{}" } };
    const [asked, told] = messagesOf([
      { role: "assistant", content: "", tool_calls: [call, { function: {} }, 7] },
      { role: "tool", content: "18", tool_call_id: "c1" },
    ]);
    expect(asked?.calls).toEqual([{ id: "c1", name: "weather", args: "{}" }]);
    expect(told?.answers).toBe("c1");
  });

  it("leaves out what is no turn, and tools without a name", () => {
    expect(messagesOf([{ role: "user" }, null, "x", { content: "y" }])).toEqual([]);
    expect(toolsOf([{ function: { name: "f" } }, { function: {} }, 3])).toEqual([
      { name: "f", description: undefined, parameters: undefined },
    ]);
  });
});
