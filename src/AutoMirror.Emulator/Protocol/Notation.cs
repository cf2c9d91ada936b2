using System.Globalization;

namespace AutoMirror.Emulator.Protocol;

/// <summary>How AWS writes numbers, flags and times as text.</summary>
internal static class Notation
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Flag(bool value) => value ? "true" : "false";

    /// <summary>ISO 8601 in UTC: <c>2026-03-04T05:06:07Z</c>, as in EventBridge, CloudTrail and STS.</summary>
    public static string Time(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>EC2 keeps whole seconds and writes milliseconds all the same: <c>2026-03-04T05:06:07.000Z</c>.</summary>
    public static string Ec2Time(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'.000Z'");

    /// <summary>Lambda writes real milliseconds: <c>2026-03-04T05:06:07.891Z</c>.</summary>
    public static string LambdaTime(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
