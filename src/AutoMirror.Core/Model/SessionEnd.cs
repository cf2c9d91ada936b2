using System.Globalization;

namespace AutoMirror.Core.Model;

/// <summary>When a session ends by itself, and who asked for it. The tag <see cref="Ownership.UntilKey"/> keeps it:
/// <c>2026-03-04T05:06:07Z</c> for a security finding, <c>2026-03-04T05:06:07Z capture</c> for a person.</summary>
/// <param name="At">A whole second. A fraction, which the tag does not keep, would look like a change each time.</param>
internal readonly record struct SessionEnd(DateTimeOffset At, EndReason Reason)
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string CaptureMark = " capture";

    /// <summary>The time without its fraction of a second.</summary>
    public static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>Reads a tag's value; null when there is none, or it says something else.</summary>
    public static SessionEnd? TryParse(string? value)
    {
        var isCapture = value?.EndsWith(CaptureMark, StringComparison.Ordinal) is true;
        return DateTimeOffset.TryParseExact(
            isCapture ? value![..^CaptureMark.Length] : value, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at)
            ? new(at, isCapture ? EndReason.Capture : EndReason.Finding)
            : null;
    }

    /// <summary>The tag's value.</summary>
    public override string ToString() =>
        At.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture) + (Reason == EndReason.Capture ? CaptureMark : "");
}

/// <summary>Who asked for a session that ends by itself.</summary>
internal enum EndReason
{
    /// <summary>A security finding about its instance.</summary>
    Finding,

    /// <summary>A person, with <c>automirror capture</c>.</summary>
    Capture,
}
