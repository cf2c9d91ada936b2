using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using AutoMirror.Cli.Health;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Connecting;

/// <summary>A service of AWS's Query protocol that the tool asks a few questions: the SDK has a package for each, which these are not
/// worth.</summary>
/// <param name="service">The service's name in signatures.</param>
/// <param name="version">The version of its API.</param>
/// <param name="region">The Region in signatures.</param>
internal sealed class QueryService(
    HttpClient http, Uri endpoint, string service, string version, string region, AWSCredentials credentials, TimeProvider time)
{
    /// <summary>Elastic Load Balancing, of Network Load Balancers.</summary>
    public static QueryService LoadBalancing(Connection connection, HttpClient http)
    {
        var region = connection.Settings.ForDeployment.Region;
        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        return new(
            http, Endpoint(connection, "ELASTIC_LOAD_BALANCING_V2", $"https://elasticloadbalancing.{region}.{suffix}/"),
            "elasticloadbalancing", "2015-12-01", region, connection.Credentials, TimeProvider.System);
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
        return new(
            http, Endpoint(connection, "IAM", $"https://{host}/"), "iam", "2010-05-08", region, connection.Credentials,
            TimeProvider.System);
    }

    /// <summary>Asks. Elements of the answer have no namespace.</summary>
    /// <param name="parameters">Names as the Query protocol has them, such as <c>ActionNames.member.1</c>.</param>
    public async Task<Answer<XElement>> AskAsync(
        string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken)
    {
        var form = string.Join('&', ((IEnumerable<(string Name, string Value)>)[("Action", action), ("Version", version), .. parameters])
            .Select(each => $"{Uri.EscapeDataString(each.Name)}={Uri.EscapeDataString(each.Value)}"));
        var body = Encoding.UTF8.GetBytes(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        try
        {
            var own = await credentials.GetCredentialsAsync();
            SignatureV4.Sign(request, body, own, region, service, time.GetUtcNow());
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = WithoutNamespaces(XElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)));
            return response.IsSuccessStatusCode ? new Answer<XElement>.Given(answer) : Refused(answer);
        }
        catch (Exception problem) when (problem is HttpRequestException or XmlException or AmazonClientException)
        {
            return NoAnswer($"{action} got no answer from {endpoint.Host}: {problem.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer($"{action} got no answer from {endpoint.Host} in {http.Timeout.TotalSeconds:0} s");
        }
    }

    private static Answer<XElement>.Refused NoAnswer(string message) => new(new Refusal(RefusalKind.Transient, "NoAnswer", message));

    private static Answer<XElement>.Refused Refused(XElement answer)
    {
        var error = answer.DescendantsAndSelf("Error").FirstOrDefault();
        return new(new Refusal(RefusalKind.Other, error?.Element("Code")?.Value ?? "Unknown", error?.Element("Message")?.Value ?? ""));
    }

    private static XElement WithoutNamespaces(XElement element) => new(
        element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);

    private static Uri Endpoint(Connection connection, string service, string usual)
    {
        var given = connection.Variable($"{Variables.EndpointUrl}_{service}") ?? connection.Variable(Variables.EndpointUrl);
        return given is null ? new(usual)
            : Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new CommandException($"the endpoint of {service} is '{given}'; allowed: an http or https URL");
    }
}
