using System.Xml.Linq;
using Amazon;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Connecting;

/// <summary>A service of AWS's Query protocol.</summary>
/// <param name="version">The version of its API.</param>
internal sealed class QueryService(SignedService service, string version)
{
    /// <summary>Elastic Load Balancing, of Network Load Balancers.</summary>
    public static QueryService LoadBalancing(Connection connection, HttpClient http)
    {
        var region = connection.Settings.ForDeployment.Region;
        var usual = $"https://elasticloadbalancing.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/";
        return new(
            SignedService.Of(connection, http, "ELASTIC_LOAD_BALANCING_V2", usual, "elasticloadbalancing", region), "2015-12-01");
    }

    /// <summary>IAM, which has one endpoint for each partition (AWS General Reference, "IAM endpoints and quotas").</summary>
    public static QueryService Iam(Connection connection, HttpClient http)
    {
        var (host, region) = RegionEndpoint.GetBySystemName(connection.Settings.ForDeployment.Region).PartitionName switch
        {
            "aws-cn" => ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            "aws-us-gov" => ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
            _ => ("iam.amazonaws.com", "us-east-1"),
        };
        return new(SignedService.Of(connection, http, "IAM", $"https://{host}/", "iam", region), "2010-05-08");
    }

    /// <summary>Asks. Elements of the answer have no namespace.</summary>
    /// <param name="parameters">Names as the Query protocol has them, such as <c>ActionNames.member.1</c>.</param>
    public Task<Answer<XElement>> AskAsync(
        string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken)
    {
        var form = string.Join('&', ((IEnumerable<(string Name, string Value)>)[("Action", action), ("Version", version), .. parameters])
            .Select(each => $"{Uri.EscapeDataString(each.Name)}={Uri.EscapeDataString(each.Value)}"));
        return service.AskAsync(action, form, "application/x-www-form-urlencoded", target: null, Read, cancellationToken);
    }

    private static Answer<XElement> Read(HttpResponseMessage response, string text)
    {
        var answer = WithoutNamespaces(XElement.Parse(text));
        if (response.IsSuccessStatusCode)
            return new Answer<XElement>.Given(answer);
        var error = answer.DescendantsAndSelf("Error").FirstOrDefault();
        return new Answer<XElement>.Refused(
            new Refusal(RefusalKind.Other, error?.Element("Code")?.Value ?? "Unknown", error?.Element("Message")?.Value ?? ""));
    }

    private static XElement WithoutNamespaces(XElement element) => new(
        element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);
}
