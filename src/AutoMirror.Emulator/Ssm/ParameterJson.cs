using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameters as Parameter Store writes them: with their value, or with the metadata of DescribeParameters.</summary>
internal static class ParameterJson
{
    /// <summary>A parameter with its value; <paramref name="name"/> is the name it was asked for by, which may select a version.</summary>
    public static JsonObject Write(Cloud cloud, Parameter parameter, bool decrypted, string? name) => new JsonObject
    {
        ["Name"] = parameter.Name,
        ["Type"] = parameter.Type,
        ["Value"] = parameter.Type != "SecureString" || decrypted ? parameter.Value : Ciphertext(parameter),
        ["Version"] = parameter.Version,
        ["LastModifiedDate"] = Seconds(parameter.LastModified),
        ["ARN"] = parameter.ArnIn(cloud),
        ["DataType"] = parameter.DataType,
    }.WithAny("Selector", SelectorOf(name));

    public static JsonObject WriteMetadata(Cloud cloud, Parameter parameter) => new JsonObject
    {
        ["Name"] = parameter.Name,
        ["ARN"] = parameter.ArnIn(cloud),
        ["Type"] = parameter.Type,
        ["LastModifiedDate"] = Seconds(parameter.LastModified),
        ["LastModifiedUser"] = cloud.Callers.Of(null).Arn,
        ["Version"] = parameter.Version,
        ["Tier"] = parameter.Tier,
        ["Policies"] = new JsonArray(),
        ["DataType"] = parameter.DataType,
    }.WithAny("KeyId", parameter.KeyId).WithAny("Description", parameter.Description).WithAny("AllowedPattern", parameter.AllowedPattern);

    /// <summary>A stand-in for the ciphertext, which is not the value and that nobody can read.</summary>
    private static string Ciphertext(Parameter parameter) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"encrypted:{parameter.Name}:{parameter.Version}"));

    private static string? SelectorOf(string? name) =>
        name?.LastIndexOf(':') is { } at and > 0 && int.TryParse(name[(at + 1)..], out _) ? name[at..] : null;

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
