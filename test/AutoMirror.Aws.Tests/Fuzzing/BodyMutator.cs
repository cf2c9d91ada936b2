using System.Text;
using System.Xml.Linq;
using AutoMirror.Testing;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>Mutates answers without knowing what is in them: bytes, status, headers, pages of other servers.</summary>
internal static class BodyMutator
{
    private static readonly string[] ContentTypes =
        [
            "text/html", "text/xml; charset=nonsense", "application/json; charset=\"utf-99\"", ";;;", "", "application/octet-stream",
            "text/xml;charset=utf-16", new('x', 10_000),
        ];

    // Neither of these is an answer, whoever sends it.
    private static readonly string[] OtherPages =
    [
        "", " ", "\n\n", "\0", "\uFEFF", "<", "<a", "<a/>", "<?xml version=\"1.0\"?>",
        "<html><head><title>Sign in</title></head><body><p>Please sign in.<br></body></html>", "<html/>",
        "<Response><Errors><Error><Code></Code><Message/></Error></Errors></Response>", "<Response><Errors/></Response>",
        "<!DOCTYPE html><html><body>504 Gateway Time-out</body></html>", "{}", "[]", "null", "5", "\"x\"",
        "{\"Parameters\":5}", "{\"Parameters\":[5]}", "{\"Parameters\":{\"a\":[]}}", "{\"Parameters\":[[]]}", "{\"Parameters\":\"x\"}",
        "{\"Parameters\":[{\"Name\":[]}]}", "{\"Parameters\":[{\"Value\":{\"a\":1}}]}",
        "{\"Parameters\":null}", "{\"Parameters\":[null]}", "{\"Parameters\":[{}]}", "{\"Parameters\":[{\"Name\":null,\"Value\":null}]}",
        "{\"Parameters\":[{}}",
        "{\"__type\":\"Nonsense\"}", "{\"__type\":5,\"message\":[]}", "{\"Parameters\":[{\"Version\":1e999}]}",
        "{\"Parameters\":[{\"LastModifiedDate\":\"yesterday\"}]}",
        "<DescribeInstancesResponse><reservationSet>", "<DescribeInstancesResponse/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>",
    ];

    public static Mutation Mutate(WireReply reply, Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                var start = random.Next(reply.Text.TrimEnd().Length);
                return new(reply with { Body = reply.Body[..start] }, MutationKind.Nothing, $"it ends after {start} bytes");
            case 1:
                start = random.Next(reply.Body.Length);
                return new(
                    reply with { Body = reply.Body[..start], IsCut = true }, MutationKind.Nothing,
                    $"the connection breaks after {start} bytes");
            case 2:
                return Bytes(reply, random);
            case 3:
                var page = random.Of(OtherPages);
                return new(reply.With(page), MutationKind.Nothing, $"it is {page}");
            case 4:
                var nested = Nested(random);
                return new(reply.With(nested), MutationKind.Nothing, $"it is nested deep: {nested[..Math.Min(20, nested.Length)]}");
            case 5:
                // Another 2xx with the same body says the same.
                var status = random.Of(
                    100 + random.Next(101, 500), 201, 202, 204, 206, 301, 304, 400, 403, 404, 408, 413, 429, 500, 501, 502, 503, 504);
                return new(reply with { Status = status }, MutationKind.Nothing, $"its status is {status}");
            case 6:
                var type = random.Of(ContentTypes);
                return new(
                    reply with { ContentType = random.Next(4) == 0 ? null : type }, MutationKind.Nothing, $"its content type is {type}");
            case 7:
                var error = Error(random);
                return new(
                    reply.With(error) with { Status = random.Of(400, 403, 404, 500, 503, 599, 302) }, MutationKind.Nothing,
                    $"it is the error {error[..Math.Min(200, error.Length)]}");
            case 8:
                var noise = new byte[random.Next(2000)];
                random.NextBytes(noise);
                return new(reply with { Body = noise, Status = random.Of(200, 200, 400, 500) }, MutationKind.Nothing, "it is noise");
            default:
                return new(
                    reply with { Body = Encoding.Unicode.GetBytes(reply.Text) }, MutationKind.Nothing, "it is UTF-16, and says UTF-8");
        }
    }

    private static Mutation Bytes(WireReply reply, Random random)
    {
        var bytes = reply.Body.ToList();
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at - 1));
                    break;
            }
        }

        return new(reply with { Body = [.. bytes] }, MutationKind.Anything, "some of its bytes are others");
    }

    private static string Nested(Random random)
    {
        var depth = random.Of(10, 100, 1000, 10_000);
        return random.Next(4) switch
        {
            0 => string.Concat(Enumerable.Repeat("<a>", depth)),
            1 => string.Concat(Enumerable.Repeat("<item>", depth)) + string.Concat(Enumerable.Repeat("</item>", depth)),
            2 => new string('[', depth),
            _ => $"{{\"Parameters\":[{string.Concat(Enumerable.Repeat("{\"a\":", depth))}",
        };
    }

    private static string Error(Random random)
    {
        var code = random.Of(
            "", "Nonsense", "RequestLimitExceeded", "UnauthorizedOperation", "InvalidParameterValue", "InvalidNetworkInterfaceID.NotFound",
            "a\nb\u001b[31m", new('x', 100_000), "InvalidNextToken", "😀");
        var message = random.Of("", "no", "it is already being used", new('y', 100_000), "{\"level\":\"INFO\"}\n{}", "😀 ]]>");
        var shown = code.Replace("\u001b", "", StringComparison.Ordinal);
        var error = new XElement("Error", new XElement("Code", shown), new XElement("Message", message));
        var inXml = new XElement("Response", new XElement("Errors", error), new XElement("RequestID", "r-1")).ToString();
        var inJson = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = code, ["message"] = message });
        var text = random.Next(2) == 0 ? inXml : inJson;
        return random.Next(4) == 0 ? text[..random.Next(text.Length)] : text;
    }
}
