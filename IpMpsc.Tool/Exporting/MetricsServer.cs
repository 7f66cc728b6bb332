using System.Net;
using System.Text;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Exporting;

/// <summary>Answers GET /metrics over HTTP. It reads nothing from a request but its method and its path.</summary>
internal sealed class MetricsServer : IDisposable
{
    private const string Index = "<html><head><title>ipmpsc</title></head><body><a href=\"/metrics\">Metrics</a> of the IpMpsc channels of this user.</body></html>\n";

    private readonly HttpListener _listener = new();
    private readonly Func<string> _read;

    /// <param name="host">The address to listen at; * for all.</param>
    /// <param name="port">The port.</param>
    /// <param name="read">Gets the metrics.</param>
    /// <exception cref="ToolException">The address cannot be used.</exception>
    public MetricsServer(string host, int port, Func<string> read)
    {
        _read = read;
        _listener.IgnoreWriteExceptions = true;
        try
        {
            _listener.Prefixes.Add($"http://{host}:{port}/");
            if (host == IPAddress.Loopback.ToString())
            {
                _listener.Prefixes.Add($"http://localhost:{port}/"); // A request is refused unless it names the host as a prefix does.
            }

            _listener.Start();
        }
        catch (Exception error) when (error is HttpListenerException or ArgumentException or System.Net.Sockets.SocketException)
        {
            throw new ToolException(ExitCode.NotAllowed, $"Nothing can listen at {host}:{port}: {error.Message.TrimEnd('.')}. Choose another address with --listen.");
        }
    }

    /// <summary>Answers until cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        using CancellationTokenRegistration end = cancellation.Register(_listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = _listener.GetContext();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                throw new ToolException(ExitCode.Failed, $"The server has ended: {error.Message}");
            }

            // Each answer on its own thread: a slow reader holds up nobody else.
            ThreadPool.QueueUserWorkItem(_ => Answer(context));
        }
    }

    public void Dispose() => _listener.Close();

    private void Answer(HttpListenerContext context)
    {
        try
        {
            bool isRead = context.Request.HttpMethod is "GET" or "HEAD";
            (HttpStatusCode status, string type, string text) = (isRead, context.Request.Url?.AbsolutePath) switch
            {
                (false, _) => (HttpStatusCode.MethodNotAllowed, "text/plain", "Only GET and HEAD.\n"),
                (_, "/metrics") => (HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8", _read()),
                (_, "/") => (HttpStatusCode.OK, "text/html; charset=utf-8", Index),
                _ => (HttpStatusCode.NotFound, "text/plain", "See /metrics.\n"),
            };
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = type;
            context.Response.ContentLength64 = bytes.Length;
            if (!isRead)
            {
                context.Response.AddHeader("Allow", "GET, HEAD");
            }

            context.Response.Close(context.Request.HttpMethod == "HEAD" ? [] : bytes, willBlock: true);
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            context.Response.Abort(); // The reader has gone, or the server ends.
        }
        catch (ChannelException error)
        {
            Console.Error.WriteLine(error.Message);
            context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
            context.Response.Close();
        }
    }
}
