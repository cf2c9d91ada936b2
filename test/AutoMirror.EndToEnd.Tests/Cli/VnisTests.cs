using System.Globalization;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>vnis</c>, each format by its own documentation.</summary>
public sealed partial class VnisTests
{
    private const string Name = "db, \"main\";\tnorth";

    [Fact]
    public async Task Each_format_names_who_is_behind_a_VNI()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();
        await account.Ec2.CreateTagsAsync(new([instance.InstanceId], [new("Name", Name)]));
        await account.CliAsync("sync");
        var session = Assert.Single(await account.SessionsAsync());
        var vni = session.VirtualNetworkId!.Value.ToString(CultureInfo.InvariantCulture);

        var entry = (await account.JsonAsync("vnis")).GetProperty("vnis")[0];
        Assert.Equal((Name, instance.PrivateIpAddress, instance.InstanceId), (
            entry.GetProperty("name").GetString(), entry.GetProperty("sourceAddress").GetString(),
                entry.GetProperty("instanceId").GetString()));

        // RFC 4180: lines end in CRLF, what holds a comma or a quote is quoted, quotes are doubled.
        var csv = (await account.CliAsync("vnis", "--format", "csv")).Output;
        Assert.StartsWith("vni,source_address,", csv, StringComparison.Ordinal);
        Assert.Contains("\"db, \"\"main\"\";\tnorth\"", csv, StringComparison.Ordinal);

        // Zeek, "Input Framework": fields are separated by tabs, named in the line #fields; unset is a hyphen.
        var zeek = (await account.CliAsync("vnis", "--format", "zeek")).Output.TrimEnd('\n').Split('\n').Select(line =>
            line.Split('\t')).ToList();
        Assert.Equal("#fields", zeek[0][0]);
        Assert.Equal(zeek[0].Length - 1, zeek[1].Length);
        Assert.Equal((vni, @"db, ""main"";\x09north"), (zeek[1][0], zeek[1][Array.IndexOf(zeek[0], "name") - 1]));

        // Arkime, "Tagger Format": new fields in comments #field:, then a value and semicolons between what it sets, by shortcuts.
        var arkime = (await account.CliAsync("vnis", "--format", "arkime")).Output.TrimEnd('\n').Split('\n');
        var fields = arkime.Where(line => line.StartsWith("#field:", StringComparison.Ordinal)).ToList();
        Assert.All(fields, field => Assert.Matches(ArkimeField(), field));
        var values = arkime.Single(line => line[0] != '#').Split(';');
        Assert.Equal(vni, values[0]);
        Assert.All(values.Skip(1), value => Assert.InRange(int.Parse(value.Split('=')[0], CultureInfo.InvariantCulture), 0,
            fields.Count - 1));
        Assert.Contains($"1={instance.InstanceId}", values);

        Assert.Contains(instance.InstanceId, (await account.CliAsync("vnis")).Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^#field:automirror\.\w+;kind:termfield;count:true;friendly:\w+;db:automirror\.\w+;help:[\w ]+;shortcut:\d+$")]
    private static partial Regex ArkimeField();
}
