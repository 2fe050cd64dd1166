//! Reads under a read lock and writes under a write lock, and holds neither in between. A thread a
//! connection, and the standard library alone.

use std::collections::HashMap;
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

type Balances = RwLock<HashMap<String, i64>>;

fn main() {
    end_on_sigterm();
    let port: u16 = env::var("PORT").unwrap().parse().unwrap();
    let balances = Arc::new(Balances::default());
    for stream in TcpListener::bind(("127.0.0.1", port)).unwrap().incoming() {
        let balances = Arc::clone(&balances);
        thread::spawn(move || serve(stream.unwrap(), &balances));
    }
}

fn act(balances: &Balances, account: &str, kind: &str, amount: i64) -> (&'static str, i64) {
    let before = *balances.read().unwrap().get(account).unwrap_or(&0);
    if kind == "reads" {
        return ("200 OK", before);
    }
    let ms = env::var("PLAN_THINK_MS").unwrap().parse().unwrap();
    thread::sleep(Duration::from_millis(ms));
    let after = before + if kind == "withdrawals" { -amount } else { amount };
    if after < 0 {
        return ("409 Conflict", before);
    }
    balances.write().unwrap().insert(account.to_owned(), after);
    ("200 OK", after)
}

fn serve(mut stream: TcpStream, balances: &Balances) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some((path, body)) = request(&mut reader) {
        let (status, text) = if path == "/health" {
            ("200 OK", "{}".to_owned())
        } else {
            let parts: Vec<&str> = path.split('/').chain(["reads"]).collect();
            let digits: String = body.chars().filter(char::is_ascii_digit).collect();
            let amount = digits.parse().unwrap_or(0);
            let (status, balance) = act(balances, parts[2], parts[3], amount);
            (status, format!("{{\"balance\":{balance}}}"))
        };
        let length = text.len();
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{text}");
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// The path and the body; nothing once the client has gone.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|&count| count > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let lower = line.to_ascii_lowercase();
        match lower.trim().strip_prefix("content-length:") {
            Some(value) => length = value.trim().parse().ok()?,
            None if lower.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, String::from_utf8(body).ok()?))
}

/// The standard library knows no signals; the C library that it is linked with does.
fn end_on_sigterm() {
    extern "C" {
        fn signal(number: i32, handler: usize) -> usize;
        fn _exit(code: i32) -> !;
    }
    extern "C" fn end(_: i32) {
        // SAFETY: _exit may be called from a signal handler.
        unsafe { _exit(0) }
    }
    // SAFETY: 15 is SIGTERM on Linux and macOS, and the handler only ends the process.
    unsafe { signal(15, end as usize) };
}
