using System.Net;
using System.Net.Sockets;

namespace IpMpsc.Examples;

/// <summary>The TCP ports of this machine.</summary>
internal static class Loopback
{
    /// <summary>A port that nobody uses now. Another program may take it before the caller does.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether a program accepts connections on a port.</summary>
    public static bool IsListening(int port)
    {
        try
        {
            using TcpClient client = new("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
