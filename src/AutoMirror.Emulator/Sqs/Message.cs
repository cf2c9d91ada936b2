using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>A message as a queue holds it.</summary>
public sealed class Message
{
    public required string Id { get; init; }

    public required string Body { get; init; }

    /// <summary>The message attributes as the sender gave them; null for none.</summary>
    public JsonObject? Attributes { get; init; }

    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was first received; null before that.</summary>
    public DateTimeOffset? FirstReceivedAt { get; internal set; }

    /// <summary>How often it has been received.</summary>
    public int ReceiveCount { get; internal set; }

    /// <summary>The handle of the last receipt; null before the first.</summary>
    public string? ReceiptHandle { get; internal set; }

    /// <summary>The MD5 digest of the body in lower-case hexadecimal digits, which clients check.</summary>
    public string Md5OfBody => Md5(Body);

    /// <summary>What SQS itself knows of a message that has been received, by the names on the wire.</summary>
    internal Dictionary<string, string> SystemAttributes(string sender) => new()
    {
        ["ApproximateReceiveCount"] = Notation.Number(ReceiveCount),
        ["SentTimestamp"] = Notation.Number(SentAt.ToUnixTimeMilliseconds()),
        ["SenderId"] = sender,
        ["ApproximateFirstReceiveTimestamp"] = Notation.Number(FirstReceivedAt!.Value.ToUnixTimeMilliseconds()),
    };

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's own digest, no protection.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
