using System.Diagnostics;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>
/// A test that makes a network namespace of its own and a VXLAN device in it: where the kernel or the user can't, it is skipped, and the
/// skip says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsVxlanDeviceFactAttribute : FactAttribute
{
    public NeedsVxlanDeviceFactAttribute()
    {
        if (WhyNot() is { } why)
            Skip = $"SKIPPED, not passed: {why}.";
    }

    private static string? WhyNot()
    {
        if (!Tool.IsOnPath("unshare") || !Tool.IsOnPath("ip"))
            return "this machine lacks unshare or ip (iproute2)";
        string[] arguments = ["-n", "ip", "link", "add", "probe", "type", "vxlan", "id", "1", "dstport", "4789", "local", "127.0.0.1"];
        var start = new ProcessStartInfo("unshare", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"no VXLAN device can be made in a network namespace here ({error})";
    }
}
