namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// Zone ids ("Availability Zone IDs for your AWS resources"): the first zone of us-east-1 is use1-az1, of ap-southeast-2 apse2-az1, of
/// us-gov-west-1 usgw1-az1.
/// </summary>
internal static class ZoneIds
{
    private static readonly Dictionary<string, string> Directions = new()
    {
        ["north"] = "n", ["south"] = "s", ["east"] = "e", ["west"] = "w", ["central"] = "c",
        ["northeast"] = "ne", ["northwest"] = "nw", ["southeast"] = "se", ["southwest"] = "sw", ["gov"] = "g",
    };

    public static string Of(string region, int number) =>
        $"{string.Concat(region.Split('-').Select((part, i) => i == 0 ? part : Directions.GetValueOrDefault(part, part)))}-az{number}";
}
