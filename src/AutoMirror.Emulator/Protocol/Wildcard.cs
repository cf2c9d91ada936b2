namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// The values of EC2's filters: <c>*</c> stands for any text and <c>?</c> for one character, unless a backslash precedes it.
/// </summary>
internal static class Wildcard
{
    public static bool IsPlain(string pattern) => pattern.AsSpan().IndexOfAny('*', '?', '\\') < 0;

    public static Func<string, bool> Compile(string pattern) =>
        IsPlain(pattern) ? value => string.Equals(value, pattern, StringComparison.Ordinal) : value => Matches(pattern, value);

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        while (!pattern.IsEmpty)
        {
            switch (pattern[0])
            {
                case '*':
                    pattern = pattern.TrimStart('*');
                    if (pattern.IsEmpty)
                        return true;
                    for (var i = 0; i <= value.Length; i++)
                    {
                        if (Matches(pattern, value[i..]))
                            return true;
                    }

                    return false;
                case '?' when value.IsEmpty:
                    return false;
                case '?':
                    pattern = pattern[1..];
                    value = value[1..];
                    break;
                default:
                    if (pattern[0] == '\\' && pattern.Length > 1)
                        pattern = pattern[1..];
                    if (value.IsEmpty || value[0] != pattern[0])
                        return false;
                    pattern = pattern[1..];
                    value = value[1..];
                    break;
            }
        }

        return value.IsEmpty;
    }
}
