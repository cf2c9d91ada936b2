using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Logs;

/// <summary>How requests name a group: by its name, or by its ARN with or without <c>:*</c> at its end.</summary>
internal static class LogNames
{
    private const string Marker = ":log-group:";

    public static string GroupOf(JsonObject input) =>
        GroupOf(input.Text("logGroupName") ?? input.Text("logGroupIdentifier") ?? input.Text("resourceIdentifier")
            ?? throw LogsErrors.Invalid("Either logGroupName or logGroupIdentifier must be specified."));

    public static string GroupOf(string nameOrArn)
    {
        var at = nameOrArn.IndexOf(Marker, StringComparison.Ordinal);
        return at < 0 ? nameOrArn : nameOrArn[(at + Marker.Length)..].Split(':')[0];
    }
}
