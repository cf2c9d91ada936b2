using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An Availability Zone.</summary>
public sealed record Zone(string Name, string Id);

/// <summary>A zone as filters see it.</summary>
internal sealed record ZoneRow : Resource
{
    public required Zone Zone { get; init; }

    public static string Group(Cloud cloud) => $"{cloud.Options.Region}-zg-1";
}
