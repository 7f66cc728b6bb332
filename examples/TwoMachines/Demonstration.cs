using System.Diagnostics;

namespace IpMpsc.Examples.TwoMachines;

/// <summary>Starts everything, and kills what is between the sensor and the display.</summary>
internal static class Demonstration
{
    private const string Count = "20000";

    public static int Run()
    {
        using Broker? broker = Broker.TryStart();
        if (broker is null)
        {
            Console.WriteLine("This needs nats-server: 'apt-get install nats-server', 'brew install nats-server', or download it from");
            Console.WriteLine("https://github.com/nats-io/nats-server/releases, and put it into a directory of the PATH or set NATS_SERVER to its path.");
            return 1;
        }

        using Machine turbineHall = new(), controlRoom = new();
        Process display = controlRoom.Start("display", Count);
        turbineHall.Start("sensor", Count);
        Process source = StartBridge(turbineHall, "out", broker.Url), sink = StartBridge(controlRoom, "in", broker.Url);
        int step = 0;
        while (display.StandardOutput.ReadLine() is { } line)
        {
            Console.WriteLine($"display: {line}");
            switch (step++)
            {
                case 1:
                    Console.WriteLine("-> kill -9 of the broker");
                    broker.KillAndRestart();
                    break;
                case 2:
                    Console.WriteLine("-> kill -9 of the bridge in the turbine hall");
                    source.Kill();
                    StartBridge(turbineHall, "out", broker.Url);
                    break;
                case 3:
                    Console.WriteLine("-> kill -9 of the bridge in the control room");
                    sink.Kill();
                    StartBridge(controlRoom, "in", broker.Url);
                    break;
            }
        }

        display.WaitForExit();
        return display.ExitCode;
    }

    /// <summary>Starts an end of the bridge, and repeats what it logs.</summary>
    private static Process StartBridge(Machine machine, string direction, string url)
    {
        Process bridge = machine.Start("bridge", direction, url);
        bridge.OutputDataReceived += (_, output) =>
        {
            if (output.Data is { } line)
            {
                Console.WriteLine($"bridge {direction}: {line}");
            }
        };
        bridge.BeginOutputReadLine();
        return bridge;
    }
}
