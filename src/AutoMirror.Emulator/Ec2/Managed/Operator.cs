namespace AutoMirror.Emulator.Ec2.Managed;

/// <summary>
/// The service provider that manages a resource in this account, by its principal: <c>eks.amazonaws.com</c> ("Amazon EC2 managed
/// instances" in the EC2 User Guide).
/// </summary>
public sealed record Operator(string Principal);
