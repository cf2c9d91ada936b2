using CsCheck;

namespace AutoMirror.Core.Tests;

/// <summary>Random JSON out of given field names and values, nested and sometimes odd.</summary>
internal static class JsonTexts
{
    private static readonly string[] Odd = [
        "null", "true", "false", "0", "-1", "1", "1.0", "1e2", "1e400", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "\"\\u0000\""];

    public static Gen<string> Any(string[] fields, string[] values)
    {
        var leaf = Gen.OneOf(Gen.Int[0, values.Length - 1].Select(i => values[i]), Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));
        return Gen.Recursive<string>((depth, inner) => depth > 3 ? leaf : Gen.Frequency(
            (3, leaf),
            (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (
                4,
                Gen.Select(Gen.Int[0, fields.Length - 1].Select(i => fields[i]), inner).Array[0, 5]
                    .Select(pairs => $"{{{string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}"))}}}"))));
    }
}
