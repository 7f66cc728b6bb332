global using NUnit.Framework;

// Futexes, signals and lock tables are looked at as Linux has them.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
