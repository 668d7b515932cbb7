using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Smpi.EventLoops.Tests")]
