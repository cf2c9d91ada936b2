using System.Globalization;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// How CloudTrail writes an action of EC2. It wraps newer actions, those of Traffic Mirroring among them: requestParameters has
/// {Action}Request in the API's own names, responseElements {Action}Response with its namespace. Older actions have shapes of their own,
/// with <c>items</c> for sets.
/// </summary>
internal static class TrailShape
{
    private static readonly string[] Older =
    [
        "RunInstances", "StartInstances", "StopInstances", "TerminateInstances", "AttachNetworkInterface", "DetachNetworkInterface",
        "CreateNetworkInterface", "DeleteNetworkInterface", "CreateTags", "DeleteTags",
    ];

    /// <summary>Whether the emulator's trail has events for an action.</summary>
    public static bool IsTrailed(string action) => Older.Contains(action) || IsWrapped(action);

    public static bool IsWrapped(string action) =>
        action.Contains("TrafficMirror", StringComparison.Ordinal) && !action.StartsWith("Describe", StringComparison.Ordinal);

    public static JsonNode Scalar(string text) => text switch
    {
        "true" => true,
        "false" => false,
        // Account ids have twelve digits and stay text.
        _ when text.Length < 12 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
