using IpMpsc.Examples.TwoMachines;

// A sensor on one machine, a display on another, and NATS JetStream between them. The machines are two runtime directories, so one command shows all of it:
// five processes, of which the broker and both ends of the bridge are killed on the way. Every reading arrives once and in order.

return args switch
{
    ["sensor", var count] => Sensor.Run(int.Parse(count)),
    ["bridge", var direction, var url] => Bridge.Run(direction, url),
    ["display", var count] => Display.Run(int.Parse(count)),
    _ => Demonstration.Run(),
};
