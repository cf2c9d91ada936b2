using System.Security.Cryptography;

namespace AutoMirror.Emulator.Lambda;

/// <summary>What was uploaded: a zip archive.</summary>
public sealed record FunctionCode(byte[] Zip)
{
    /// <summary>The digest by which clients see whether their code has changed.</summary>
    public string Sha256 { get; } = Convert.ToBase64String(SHA256.HashData(Zip));
}
