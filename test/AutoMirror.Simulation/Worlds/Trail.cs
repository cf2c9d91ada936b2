using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator;

namespace AutoMirror.Simulation.Worlds;

/// <summary>CloudTrail's word of calls that people and the function make.</summary>
internal static class Trail
{
    public const string DetailType = "AWS API Call via CloudTrail";
    public const string Person = "arn:aws:iam::123456789012:user/someone";
    public const string Function = "arn:aws:sts::123456789012:assumed-role/automirror-role/automirror";

    public static void Call(Cloud cloud, string name, JsonObject request, string caller = Person) => cloud.Events.Emit(
        "aws.ec2",
        DetailType,
        new JsonObject
        {
            ["eventName"] = name,
            ["eventTime"] = cloud.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["userIdentity"] = new JsonObject { ["arn"] = caller },
            ["requestParameters"] = request,
        });

    /// <summary>A session was modified or deleted.</summary>
    public static void Session(Cloud cloud, string name, string session, string caller) =>
        Call(cloud, name, new JsonObject { [$"{name}Request"] = new JsonObject { ["TrafficMirrorSessionId"] = session } }, caller);
}
