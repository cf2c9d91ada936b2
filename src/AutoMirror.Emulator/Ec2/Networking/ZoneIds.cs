namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// Zone ids ("Availability Zone IDs for your AWS resources"): us-east-1 is use1, ap-southeast-2 is apse2, us-gov-west-1 is usgw1.
/// </summary>
internal static class ZoneIds
{
    private static readonly Dictionary<string, string> Directions = new()
    {
        ["north"] = "n", ["south"] = "s", ["east"] = "e", ["west"] = "w", ["central"] = "c",
        ["northeast"] = "ne", ["northwest"] = "nw", ["southeast"] = "se", ["southwest"] = "sw", ["gov"] = "g",
    };

    public static string Prefix(string region) =>
        string.Concat(region.Split('-').Select((part, i) => i == 0 ? part : Directions.GetValueOrDefault(part, part)));

}
