using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>Requests that no SDK sends.</summary>
public sealed class RawTests : ServerTests
{
    private static readonly XNamespace Ec2 = "http://ec2.amazonaws.com/doc/2016-11-15/";

    [Fact]
    public async Task Every_answer_has_the_namespace_and_a_request_id_of_its_own()
    {
        var first = XElement.Parse(await Http.GetStringAsync($"{Server.Url}?Action=DescribeVpcs&Version=2016-11-15"));
        var second = XElement.Parse(await Http.GetStringAsync($"{Server.Url}?Action=DescribeVpcs&Version=2016-11-15"));

        Assert.Equal(Ec2 + "DescribeVpcsResponse", first.Name);
        Assert.NotEqual(first.Element(Ec2 + "requestId")!.Value, second.Element(Ec2 + "requestId")!.Value);
    }

    [Theory]
    [InlineData("Action=Nonsense&Version=2016-11-15", 400, "InvalidAction")]
    [InlineData("Action=DescribeVolumes&Version=2016-11-15", 400, "InvalidAction")]
    [InlineData("", 400, "MissingAction")]
    [InlineData("Action=DeleteTrafficMirrorSession", 400, "MissingParameter")]
    [InlineData("Action=DescribeVpcs&Colour=red", 400, "UnknownParameter")]
    [InlineData("Action=DescribeVpcs&Filter.1.Name=state&Filter.1.Values.1=available", 400, "UnknownParameter")]
    [InlineData("Action=DescribeVpcs&Filter.first.Name=state", 400, "UnknownParameter")]
    [InlineData("Action=DescribeVpcs&Filter.1.Value.1=x", 400, "InvalidParameterValue")]
    [InlineData("Action=DescribeAvailabilityZones&MaxResults=5", 400, "UnknownParameter")]
    [InlineData("Action=CreateVpc&CidrBlock=10.1.0.0/16&ClientToken=t", 400, "UnknownParameter")]
    [InlineData("Action=CreateVpc&Ipv4IpamPoolId=ipam-pool-1", 400, "UnsupportedOperation")]
    [InlineData("Action=ModifySubnetAttribute&SubnetId=subnet-1&EnableDns64.Value=true", 400, "UnsupportedOperation")]
    [InlineData("Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=1&NetworkInterface.1.DeviceIndex=0&NetworkInterface.1.Colour=red",
        400, "UnknownParameter")]
    [InlineData("Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=1&NetworkInterface.1.DeviceIndex=0"
        + "&NetworkInterface.1.Ipv4Prefix.1.Ipv4Prefix=10.0.0.0/28", 400, "UnsupportedOperation")]
    [InlineData("Action=CreateTrafficMirrorFilter&TagSpecification.1.ResourceType=traffic-mirror-filter", 400, "InvalidParameterValue")]
    [InlineData("Action=CreateTrafficMirrorFilter&TagSpecification.1.ResourceType=traffic-mirror-filter&TagSpecification.1.Tag.1.Key=a"
        + "&TagSpecification.2.ResourceType=traffic-mirror-filter&TagSpecification.2.Tag.1.Key=b", 400, "InvalidParameterValue")]
    [InlineData("Action=ModifyNetworkInterfaceAttribute&NetworkInterfaceId=eni-1&Description.Value=a&SourceDestCheck.Value=false",
        400, "InvalidParameterCombination")]
    [InlineData("Action=CreateNetworkInterface&SubnetId=subnet-1&InterfaceType=lambda", 400, "InvalidParameterValue")]
    [InlineData("Action=CreateVpc&CidrBlock=10.1.0.0/16&InstanceTenancy=host", 400, "InvalidParameterValue")]
    [InlineData("Action=DescribeAvailabilityZones&ZoneId.1=use1-az9", 400, "InvalidParameterValue")]
    [InlineData("Action=DescribeTrafficMirrorSessions&MaxResults=many", 400, "InvalidParameterValue")]
    [InlineData("Action=DescribeTrafficMirrorSessions&DryRun=true", 412, "DryRunOperation")]
    [InlineData("Action=RunInstances&ImageId=ami-1&MinCount=2&MaxCount=1", 400, "InvalidParameterValue")]
    public async Task Errors_are_xml_of_EC2s_form(string form, int status, string code)
    {
        var response = await Http.PostAsync(Server.Url, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        var body = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(("Response", code), (body.Name.LocalName, body.Element("Errors")!.Element("Error")!.Element("Code")!.Value));
        Assert.NotEmpty(body.Element("RequestID")!.Value);
    }

    [Theory]
    [InlineData("Action=DescribeVpcs&Filter=")]
    [InlineData("Action=DescribeSecurityGroups&Filter.1.Name=ip-permission.user-id&Filter.1.Value.1=123456789012")]
    [InlineData("Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=1&Placement.Tenancy=default&MetadataOptions.HttpTokens=required")]
    public async Task Documented_parameters_are_accepted_at_every_depth(string form)
    {
        var response = await Http.PostAsync(Server.Url, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        using var buffer = new MemoryStream();
        await using (var zip = new GZipStream(buffer, CompressionMode.Compress, leaveOpen: true))
            await zip.WriteAsync("Action=DescribeVpcs&Version=2016-11-15"u8.ToArray());
        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.OK, (await Http.PostAsync(Server.Url, content)).StatusCode);
    }

    [Fact]
    public async Task Json_services_answer_unknown_operations_in_json()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "AmazonSSM.SendCommand");
        var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("UnknownOperationException", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("state", "application/json")]
    [InlineData("requests", "application/json")]
    [InlineData("events", "application/json")]
    public async Task The_admin_pages_answer(string page, string type)
    {
        Launch();

        var response = await Http.GetAsync($"{Server.Url}_automirror/{page}");

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }
}
