namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The names that EC2 gives addresses ("Amazon EC2 instance hostnames"): with the Region, but not in us-east-1.</summary>
internal static class DnsNames
{
    /// <summary><c>ip-10-0-0-5.ec2.internal</c> in us-east-1; null for no address.</summary>
    public static string? Private(Cloud cloud, string? address) => address is null
        ? null
        : $"ip-{address.Replace('.', '-')}.{Domain(cloud, "ec2")}.internal";

    /// <summary><c>ec2-54-64-0-1.compute-1.amazonaws.com</c> in us-east-1; null for no address.</summary>
    public static string? Public(Cloud cloud, string? address) => address is null
        ? null
        : $"ec2-{address.Replace('.', '-')}.{Domain(cloud, "compute-1")}.amazonaws.com";

    private static string Domain(Cloud cloud, string inUsEast1) =>
        cloud.Options.Region == "us-east-1" ? inUsEast1 : $"{cloud.Options.Region}.compute";
}
