// Request and reply between two processes: each request carries the address of the channel on which
// its reply is expected. The server is this process; it starts a second process of this program as the client.
using System.Diagnostics;
using IpMpsc;
using IpMpsc.Examples;

if (args is ["ask", var serverPath])
{
    Client.Ask(serverPath);
    return 0;
}

using var requests = Receiver<Request>.CreateTemporary(new IpcChannelOptions { EndWithSenders = true });
using Process client = Process.Start(ThisProgram.With("ask", requests.Path))!;

int served = Server.Serve(requests);
client.WaitForExit();
Console.WriteLine($"{served} requests served, the client found every reply correct: {client.ExitCode == 0}");
return served == Client.Requests ? client.ExitCode : 1;
