using System.Collections.Frozen;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A list of instance types or families as the guide prints it: words with spaces and line ends between them.</summary>
internal static class InstanceTypeList
{
    public static FrozenSet<string> Read(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
