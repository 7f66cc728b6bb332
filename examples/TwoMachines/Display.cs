namespace IpMpsc.Examples.TwoMachines;

/// <summary>Receives readings from the channel of its machine, and requires that each arrives once and in order.</summary>
internal static class Display
{
    public static int Run(int count)
    {
        using var receiver = Receiver<Reading>.OpenOrCreate(Reading.Channel);
        for (int number = 0; number < count; number++)
        {
            using var message = receiver.ReceiveInPlace();
            if (message.View.Number != number)
            {
                Console.WriteLine($"Expected reading {number}, received {message.View.Number}.");
                return 1;
            }

            if (number % (count / 4) == 0)
            {
                Console.WriteLine($"{100L * number / count} %: {message.View.Celsius:0.0} degrees in the {message.View.GetPlaceString()}");
            }
        }

        Console.WriteLine($"{count:N0} readings, each once and in order");
        return 0;
    }
}
