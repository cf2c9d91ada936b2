using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Protocol;

/// <summary>Requests and answers between HTTP and the emulator.</summary>
internal static class HttpMessages
{
    public static async Task<WireRequest> ReadAsync(this HttpRequest request) => new(
        request.Method, request.Path.Value ?? "/", request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
        name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, await request.ReadBodyAsync());

    /// <summary>The whole body, decompressed when a client has compressed it.</summary>
    public static async Task<byte[]> ReadBodyAsync(this HttpRequest request)
    {
        using var buffer = new MemoryStream();
        if (request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await using var unzipped = new GZipStream(request.Body, CompressionMode.Decompress);
            await CopyAsync(unzipped, buffer);
        }
        else
        {
            await CopyAsync(request.Body, buffer);
        }

        return buffer.ToArray();
    }

    /// <summary>Copies a body as far as one may be long: a few packed bytes may unpack to any size.</summary>
    private static async Task CopyAsync(Stream body, MemoryStream into)
    {
        var part = new byte[81920];
        while (await body.ReadAsync(part) is > 0 and var read)
        {
            if (into.Length + read > LoopbackServer.LargestBody)
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
            into.Write(part, 0, read);
        }
    }

    public static async Task WriteAsync(this HttpContext context, WireReply reply)
    {
        context.WriteHead(reply);
        if (reply.Body.Length > 0)
            await context.Response.Body.WriteAsync(reply.Body);
    }

    /// <summary>Everything but the body, whose length it announces.</summary>
    public static void WriteHead(this HttpContext context, WireReply reply)
    {
        context.Response.StatusCode = reply.Status;
        // "A server MUST NOT send a Content-Length in a response with status 204" (RFC 9110).
        if (reply.Status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentType = reply.ContentType;
            context.Response.ContentLength = reply.Body.Length;
        }

        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
    }
}
