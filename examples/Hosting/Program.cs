using IpMpsc.Examples.Hosting;

// A shop: three worker processes send orders and log into a channel; this process handles the orders, collects the logs,
// and reports the state of its channels at /health. Ctrl-C stops it after it has handled everything that was sent.

return args is ["worker", var number] ? WorkerProcess.Run(int.Parse(number)) : Shop.Run(args);
