namespace AutoMirror.Emulator.Ec2.Managed;

/// <summary>Whether lists show the resources that service providers manage, by the account's setting.</summary>
public enum ManagedVisibility
{
    /// <summary>Lists leave managed resources out unless they are asked for.</summary>
    Hidden,

    /// <summary>Lists show managed resources like all others.</summary>
    Visible,
}
