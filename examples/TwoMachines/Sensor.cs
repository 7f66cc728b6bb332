namespace IpMpsc.Examples.TwoMachines;

/// <summary>Sends readings into the channel of its machine. It knows nothing of other machines.</summary>
internal static class Sensor
{
    private const int PerTick = 50;

    public static int Run(int count)
    {
        using var sender = Sender<Reading>.OpenOrCreate(Reading.Channel);
        for (int number = 0; number < count; number++)
        {
            if (number % PerTick == 0)
            {
                Thread.Sleep(10);
            }

            sender.Send(new Reading { Number = number, Celsius = 20 + Math.Sin(number / 1000.0), Place = "turbine hall" });
        }

        return 0;
    }
}
