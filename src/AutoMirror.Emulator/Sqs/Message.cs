using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Sqs;

/// <summary>A message as a queue holds it.</summary>
public sealed class Message
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its body.</summary>
    public required string Body { get; init; }

    /// <summary>Its attributes, as they were given.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was first received.</summary>
    public DateTimeOffset? FirstReceivedAt { get; internal set; }

    /// <summary>How often it has been received.</summary>
    public int ReceiveCount { get; internal set; }

    /// <summary>The handle of its last receipt.</summary>
    public string? ReceiptHandle { get; internal set; }

    /// <summary>The digest that clients check.</summary>
    public string Md5OfBody => Md5(Body);

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's own digest, no protection.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
