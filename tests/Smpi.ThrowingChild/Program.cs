using Smpi.ThrowingChild;

Place place = Places.All.Single(one => one.Name == args[0]);
string? wrong = await Stage.RunAsync(place, reportThrows: args.Length > 1);
Console.WriteLine(wrong ?? "well");
return wrong is null ? 0 : 1;
