using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>doctor</c>: each planted fault is found, and a healthy set-up has none.</summary>
public sealed class DoctorTests(DoctorTests.HealthyAccount healthy) : IClassFixture<DoctorTests.HealthyAccount>
{
    private static readonly Dictionary<string, Action<Recording>> Faults = new()
    {
        ["security-group"] = files => files["describe-security-groups"].ForEach(group => group["IpPermissions"] = new JsonArray()),
        ["network-acl"] = files => files["describe-network-acls"].ForEach(acl => acl["Entries"]!.AsArray().Add(new JsonObject
        {
            ["RuleNumber"] = 50, ["Protocol"] = "17", ["RuleAction"] = "deny", ["Egress"] = true, ["CidrBlock"] = "172.31.0.0/16",
            ["PortRange"] = new JsonObject { ["From"] = 4000, ["To"] = 5000 },
        })),
        ["amazon-dns"] = files => files["describe-traffic-mirror-filters"].ForEach(filter => filter["NetworkServices"] = new JsonArray()),
        ["filter"] = files => files["describe-traffic-mirror-filters"].ForEach(filter => filter["EgressFilterRules"] = new JsonArray()),
        ["filter-unusable"] = files => files["describe-traffic-mirror-filters"].Clear(),
        ["target-gone"] = files => files["describe-traffic-mirror-targets"].Clear(),
        ["sensor-stopped"] = files => files.Sensor["State"] = new JsonObject { ["Name"] = "stopped" },
        ["shadowed"] = files => files["describe-traffic-mirror-sessions"].Add(Foreign(files, number: 1)),
        ["orphan"] = files => files["describe-traffic-mirror-sessions"].Add(Orphan(files)),
        ["mode"] = files => files["get-parameters-by-path"].Add(
            new JsonObject { ["Name"] = "/automirror/mode", ["Type"] = "String", ["Value"] = "off" }),
        ["configuration"] = files => files["get-parameters-by-path"].Add(
            new JsonObject { ["Name"] = "/automirror/nonsense", ["Type"] = "String", ["Value"] = "x" }),
    };

    public static TheoryData<string> EveryFault => [.. Faults.Keys];

    [Fact]
    public async Task A_healthy_account_has_no_problem()
    {
        var document = CliResult.Read(await Programs.CliAsync(["doctor", "--json", "--from", healthy.Folder], CliResult.Nowhere),
            exitCode: 0);

        Assert.Equal(0, document.GetProperty("problems").GetInt32());
        Assert.DoesNotContain("problem", document.GetProperty("findings").Texts("severity"));
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Each_planted_fault_is_found(string fault)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Recording.Copy(healthy.Folder, folder.FullName, Faults[fault]);

            var document = CliResult.Read(
                await Programs.CliAsync(["doctor", "--json", "--from", folder.FullName], CliResult.Nowhere), exitCode: 3);

            var found = document.GetProperty("findings").EnumerateArray()
                .Where(finding => finding.GetProperty("severity").GetString() == "problem").ToList();
            Assert.Contains(found, finding => finding.GetProperty("check").GetString() == fault);
            Assert.All(found, finding => Assert.NotEmpty(finding.GetProperty("message").GetString()!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Foreign(Recording files, int number)
    {
        var session = Own(files);
        (session["TrafficMirrorSessionId"], session["SessionNumber"]) = ("tms-0f0f0f0f0f0f0f0f0", number);
        (session["Tags"], session["Description"]) = (new JsonArray(), "somebody else's");
        return session;
    }

    private static JsonObject Orphan(Recording files)
    {
        var session = Own(files);
        (session["TrafficMirrorSessionId"], session["SessionNumber"], session["Tags"]) = ("tms-0e0e0e0e0e0e0e0e0", 9, new JsonArray());
        return session;
    }

    private static JsonObject Own(Recording files) => files["describe-traffic-mirror-sessions"][0].DeepClone().AsObject();

    /// <summary>An account that setup and sync have furnished, with the workload in another subnet than the sensor, recorded.</summary>
    public sealed class HealthyAccount : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        public string Folder => _folder.FullName;

        public async Task InitializeAsync()
        {
            await using var account = await EmulatedAccount.StartAsync();
            await account.Ssm.DeleteParametersAsync(new() { Names = ["/automirror/filter", "/automirror/targets/default"] });
            await account.PutAsync("policy", """{"sessionNumber":5}""");
            var sensor = await account.LaunchAsync("c5.xlarge", tag: null);
            await account.JsonAsync("setup", "--sensor", $"default={sensor.NetworkInterfaces[0].NetworkInterfaceId}", "--yes");
            var subnets = (await account.Ec2.DescribeSubnetsAsync(new())).Subnets;
            await account.Ec2.RunInstancesAsync(new RunInstancesRequest
            {
                ImageId = "ami-0123456789abcdef0", InstanceType = "m5.large", MinCount = 1, MaxCount = 1,
                SubnetId = subnets.First(subnet => subnet.SubnetId != account.SubnetId).SubnetId,
                TagSpecifications = [new() { ResourceType = "instance", Tags = [new("Mirror", "true")] }],
            });
            await account.JsonAsync("sync");
            var doctor = await account.CliAsync("doctor");
            Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Error);
            await account.JsonAsync("record", Folder);
        }

        public Task DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return Task.CompletedTask;
        }
    }
}
