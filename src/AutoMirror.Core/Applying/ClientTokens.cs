using System.Security.Cryptography;
using System.Text;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Applying;

/// <summary>Makes a create repeatable inside one run: the same run and the same parameters give the same token.</summary>
/// <remarks>EC2 API, "Ensuring idempotency": up to 64 ASCII characters; the same token with other parameters is refused.</remarks>
internal static class ClientTokens
{
    /// <summary>The token of a create: 64 hexadecimal characters.</summary>
    public static string For(string requestId, DateTimeOffset startedAt, SessionSettings settings)
    {
        var parameters = string.Join(
            '\n', requestId, startedAt.UtcTicks, settings.NetworkInterfaceId, settings.TargetId, settings.FilterId, settings.SessionNumber,
            settings.PacketLength, settings.VirtualNetworkId, settings.Description, settings.Tags);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parameters)));
    }
}
